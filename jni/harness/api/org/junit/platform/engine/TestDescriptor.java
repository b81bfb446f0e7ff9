package org.junit.platform.engine;

import java.util.Optional;
import java.util.Set;

public interface TestDescriptor {
    UniqueId getUniqueId();

    Optional<TestDescriptor> getParent();

    Set<? extends TestDescriptor> getChildren();

    Optional<TestSource> getSource();

    Set<TestTag> getTags();

    boolean isTest();

    boolean mayRegisterTests();

    void prune();

    void accept(Visitor visitor);

    interface Visitor {
        void visit(TestDescriptor descriptor);
    }
}
