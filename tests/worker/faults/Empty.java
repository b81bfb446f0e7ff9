package faults;

import org.junit.jupiter.api.Test;

class Empty {
    @Test
    void nothing() {
    }
}
