package varyharness;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which tests a build runs by their names: Gradle's includeTestsMatching and
 * excludeTestsMatching. A pattern is of a class, or of {@code class.method}; a star
 * stands for anything. One that begins with a capital is of the name without package.
 */
final class TestNames {
    static final TestNames ALL = new TestNames("", "");

    private static final class Name {
        private final boolean isShort;
        private final Pattern pattern;

        Name(String text) {
            StringBuilder regex = new StringBuilder();
            for (String part : text.split("\\*", -1)) {
                regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
            }
            isShort = Character.isUpperCase(text.charAt(0));
            pattern = Pattern.compile(regex.toString());
        }

        boolean fits(String type, String method) {
            String name = isShort ? type.substring(type.lastIndexOf('.') + 1) : type;
            return pattern.matcher(name).matches() || pattern.matcher(name + "." + method).matches();
        }
    }

    private final List<Name> included;
    private final List<Name> excluded;

    /** Patterns with commas between them. */
    TestNames(String included, String excluded) {
        this.included = names(included);
        this.excluded = names(excluded);
    }

    private static List<Name> names(String texts) {
        List<Name> names = new ArrayList<>();
        for (String text : texts.split(",")) {
            if (!text.isEmpty()) {
                names.add(new Name(text));
            }
        }
        return names;
    }

    /** @param types the test's class, and those around it */
    boolean want(List<String> types, String method) {
        return (included.isEmpty() || fits(included, types, method)) && !fits(excluded, types, method);
    }

    private static boolean fits(List<Name> names, List<String> types, String method) {
        return names.stream().anyMatch(name -> types.stream().anyMatch(type -> name.fits(type, method)));
    }
}
