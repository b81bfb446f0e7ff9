package faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class Calm {
    @Test
    void value() {
        assertEquals(1, Target.value());
    }

    @Test
    void other() {
        assertEquals(2, Target.other());
    }

    @Test
    @Disabled
    void disabled() {
    }

    @Test
    void surroundings() throws Exception {
        ClassLoader loader = Calm.class.getClassLoader();
        assertSame(loader, Thread.currentThread().getContextClassLoader());
        assertSame(loader, Class.forName("faults.Target").getClassLoader());
        assertEquals("main", Thread.currentThread().getName());
        assertEquals("main", Thread.currentThread().getThreadGroup().getName());
        assertEquals("faults", Calm.class.getPackage().getName());
        assertNotNull(Calm.class.getProtectionDomain().getCodeSource().getLocation());
        assertNotNull(loader.getResource("org/junit/jupiter/api/Test.class"));
    }

    @AfterAll
    static void after() {
        Target.after();
    }
}
