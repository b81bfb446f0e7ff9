package varyharness;

import java.util.Set;

/** What is run by an expression of tags. */
final class TagExpressions {
    private interface Slow {
    }

    private static final class Glacial implements Slow {
    }

    private TagExpressions() {
    }

    static void check() {
        Set<String> tags = Set.of("fast", "db");
        for (String holds : new String[] {"", " ", "fast", "fast&db", "fast && db", "slow|db", "slow, db", "slow,db,",
                "!slow", "!(slow|fast&slow)", "any()", "fast | slow & slow", "( fast )", "slow || fast"}) {
            DriversTest.expect("tags: " + holds, new TestTags(holds, "").want(tags), "true");
        }
        for (String fails : new String[] {"slow", "fast&slow", "!db", "none()", "!fast|slow", "(slow|fast)&slow", "fas"}) {
            DriversTest.expect("tags: " + fails, new TestTags(fails, "").want(tags), "false");
            DriversTest.expect("excluded: " + fails, new TestTags("", fails).want(tags), "true");
        }
        DriversTest.expect("excluded wins", new TestTags("fast", "db").want(tags), "false");
        for (String wrong : new String[] {"fast &", "(fast", "fast)", "| fast", "fast db", "!", "any(", ", fast"}) {
            DriversTest.expect("no expression: " + wrong, isRefused(wrong), "true");
        }
        String slow = Slow.class.getName();
        for (String called : new String[] {slow, slow + ".class", "TagExpressions$Slow", "NOT x AND " + slow}) {
            DriversTest.expect("category " + called,
                    new TestTags(called, "").wantCategories(Set.<Class<?>>of(Glacial.class)), "true");
        }
        DriversTest.expect("category", new TestTags("low", "").wantCategories(Set.<Class<?>>of(Glacial.class)), "false");
    }

    private static boolean isRefused(String expression) {
        try {
            new TestTags(expression, "");
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
