package varyharness;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Calls methods as the worker does through JNI. */
final class Reflectively implements Direct.Caller {
    static final Direct.Caller CALLER = new Reflectively();

    private Reflectively() {
    }

    @Override
    public Object make(Class<?> type) throws Throwable {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void call(Class<?> type, Object on, String name) throws Throwable {
        try {
            Method method = find(type, name);
            method.setAccessible(true);
            method.invoke(on);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Method find(Class<?> type, String name) throws NoSuchMethodException {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == 0) {
                    return method;
                }
            }
        }
        throw new NoSuchMethodException(name);
    }
}
