package varyharness;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;

/** What was found out about the test classes of one engine; whichever loader has them, their annotations are the same. */
final class DirectClasses {
    private final DirectRules rules;
    private final BinaryOperator<String> naming;
    private final Map<String, Optional<Direct>> known = new ConcurrentHashMap<>();

    /**
     * @param naming see {@link DirectRules#read}; no interface of our own: a lambda that has one makes
     *        JDK 17 crash while it writes its archive of classes
     */
    DirectClasses(DirectRules rules, BinaryOperator<String> naming) {
        this.rules = rules;
        this.naming = naming;
    }

    /** @return null where the engine has to run one of the units */
    Direct find(ClassLoader loader, String container, List<String> ids) {
        Optional<Direct> found = known.get(container);
        if (found == null) {
            try {
                found = Optional.ofNullable(rules.read(Class.forName(container, false, loader), naming));
            } catch (Exception | LinkageError e) {
                return null; // the engine will tell; the changed code may be to blame, so nothing is known yet
            }
            known.put(container, found);
        }
        return found.isPresent() && found.get().knows(ids) ? found.get() : null;
    }
}
