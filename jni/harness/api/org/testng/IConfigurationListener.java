package org.testng;

/** Default methods since 7.0. */
public interface IConfigurationListener extends ITestNGListener {
    void onConfigurationSuccess(ITestResult result);

    void onConfigurationFailure(ITestResult result);

    void onConfigurationSkip(ITestResult result);
}
