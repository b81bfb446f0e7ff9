package org.testng.xml;

public class XmlSuite {
    public native void setName(String name);

    public native void setVerbose(Integer level);
}
