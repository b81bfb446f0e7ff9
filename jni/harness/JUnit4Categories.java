package varyharness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.experimental.categories.Category;
import org.junit.runner.Description;

/** JUnit 4's categories (4.8 and later): of a test's method, its class and the classes above. */
final class JUnit4Categories {
    private JUnit4Categories() {
    }

    /**
     * The ids of the tests that are not run.
     *
     * @param asTags they are names, as the JUnit Platform's vintage engine has them
     */
    static Set<String> unwanted(Description root, TestTags wanted, boolean asTags) {
        Set<String> unwanted = new HashSet<>();
        for (Description leaf : JUnit4Leaves.all(root)) {
            List<Class<?>> categories = of(leaf);
            boolean isWanted = asTags ? wanted.want(names(categories)) : wanted.wantCategories(categories);
            if (!isWanted) {
                unwanted.add(JUnit4Leaves.method(leaf).id());
            }
        }
        return unwanted;
    }

    private static List<Class<?>> of(Description leaf) {
        List<Class<?>> categories = new ArrayList<>();
        add(leaf.getAnnotation(Category.class), categories);
        for (Class<?> type = leaf.getTestClass(); type != null; type = type.getSuperclass()) {
            add(type.getAnnotation(Category.class), categories);
        }
        return categories;
    }

    private static void add(Category category, List<Class<?>> categories) {
        if (category != null) {
            categories.addAll(List.of(category.value()));
        }
    }

    private static Set<String> names(List<Class<?>> types) {
        Set<String> names = new HashSet<>();
        types.forEach(type -> names.add(type.getName()));
        return names;
    }
}
