package org.junit.runner;

import java.util.ArrayList;

public class Description {
    private Description() {
    }

    public native ArrayList<Description> getChildren();

    public native String getDisplayName();

    public native boolean isTest();
}
