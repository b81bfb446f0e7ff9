package org.testng.xml;

import java.util.List;

public class XmlClass {
    public XmlClass(Class<?> type) {
    }

    public native void setIncludedMethods(List<XmlInclude> methods);
}
