package varyharness;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds in a test method what an assertion could be made about. */
final class Collector extends TreePathScanner<Void, Void> {

    private static final int CANDIDATES_MAX = 900;  // of one method: it has room for 64 KiB of code
    private static final int WORDS_MAX = 3;

    private final Source source;
    private final List<Candidate> all;
    private final List<String> unsafe;
    private String method;
    private int first;
    private Shapes shapes;
    private StatementTree statement;    // the nearest that stands in a block
    private boolean movable;            // what is evaluated exactly once whenever the statement is
    private final Set<String> inScope = new LinkedHashSet<>();

    /** @param unsafe methods that must not be called: Shapes.unsafe */
    Collector(Source source, List<Candidate> all, List<String> unsafe) {
        this.source = source;
        this.all = all;
        this.unsafe = unsafe;
    }

    void collect(TreePath path) {
        MethodTree tree = (MethodTree) path.getLeaf();
        method = tree.getName().toString();
        first = all.size();
        shapes = new Shapes(source, words(path));
        shapes.unsafe.addAll(unsafe);
        statement = null;
        scan(new TreePath(path, tree.getBody()), null);
    }

    private static List<String> words(TreePath path) {
        Set<String> words = new LinkedHashSet<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree tree, Void none) {
                if (tree.getValue() instanceof String && words.size() < WORDS_MAX
                        && ((String) tree.getValue()).matches("[\\w .-]{1,30}")) {
                    words.add("\"" + tree.getValue() + "\"");
                }
                return null;
            }
        }.scan(path, null);
        return new ArrayList<>(words);
    }

    private Candidate add(String expression, TypeMirror type, int rank) {
        if (all.size() - first >= CANDIDATES_MAX) {
            return null;
        }
        Candidate candidate = new Candidate(all.size(), method, expression, type, rank);
        all.add(candidate);
        return candidate;
    }

    // ---- statements ----

    @Override
    public Void visitBlock(BlockTree block, Void none) {
        StatementTree outer = statement;
        boolean outerMovable = movable;
        Set<String> outerScope = new LinkedHashSet<>(inScope);
        for (StatementTree one : block.getStatements()) {
            statement = one;
            movable = true;
            scan(one, none);
            statement = one;
            if (one instanceof VariableTree) {
                inScope.add(((VariableTree) one).getName().toString());
            }
            after(new TreePath(getCurrentPath(), one));
        }
        inScope.clear();
        inScope.addAll(outerScope);
        statement = outer;
        movable = outerMovable;
        return null;
    }

    private Void fixed(Tree... trees) {
        boolean before = movable;
        movable = false;
        for (Tree tree : trees) {
            scan(tree, null);
        }
        movable = before;
        return null;
    }

    private Void fixed(Iterable<? extends Tree> trees) {
        for (Tree tree : trees) {
            fixed(tree);
        }
        return null;
    }

    @Override
    public Void visitIf(IfTree tree, Void none) {
        scan(tree.getCondition(), none);
        return fixed(tree.getThenStatement(), tree.getElseStatement());
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void none) {
        return fixed(tree.getCondition(), tree.getStatement());
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree tree, Void none) {
        return fixed(tree.getStatement(), tree.getCondition());
    }

    @Override
    public Void visitForLoop(ForLoopTree tree, Void none) {
        Set<String> outer = new LinkedHashSet<>(inScope);
        for (StatementTree one : tree.getInitializer()) {
            if (one instanceof VariableTree) {
                inScope.add(((VariableTree) one).getName().toString());
            }
        }
        fixed(tree.getStatement());
        inScope.retainAll(outer);
        return null;
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void none) {
        scan(tree.getExpression(), none);
        String name = tree.getVariable().getName().toString();
        boolean isNew = inScope.add(name);
        fixed(tree.getStatement());
        if (isNew) {
            inScope.remove(name);
        }
        return null;
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
        return scan(tree.getExpression(), none);
    }

    @Override
    public Void visitTry(TryTree tree, Void none) {
        Set<String> outer = new LinkedHashSet<>(inScope);
        for (Tree resource : tree.getResources()) {
            if (resource instanceof VariableTree) {
                inScope.add(((VariableTree) resource).getName().toString());
            }
        }
        scan(tree.getBlock(), none);
        inScope.retainAll(outer);
        scan(tree.getCatches(), none);
        return scan(tree.getFinallyBlock(), none);
    }

    /** The message of what was to be thrown. */
    @Override
    public Void visitCatch(CatchTree tree, Void none) {
        String name = tree.getParameter().getName().toString();
        int from = source.start(tree.getBlock());
        boolean hasRoom = source.line(from) != source.line(source.end(tree.getBlock()) - 1);
        Candidate candidate = hasRoom ? add(name + ".getMessage()", shapes.string(), 2) : null;
        if (candidate != null) {
            candidate.anchorFrom = source.start(tree);
            candidate.anchorTo = from + 1;
            candidate.isWithin = true;
            candidate.shapes.add(Candidate.Shape.AFTER);
        }
        boolean isNew = inScope.add(name);
        scan(tree.getBlock(), none);
        if (isNew) {
            inScope.remove(name);
        }
        return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void none) {
        return tree.getBody() instanceof BlockTree ? scan(tree.getBody(), none) : null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
        return null;
    }

    // ---- expressions ----

    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree tree, Void none) {
        scan(tree.getCondition(), none);
        return fixed(tree.getTrueExpression(), tree.getFalseExpression());
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void none) {
        scan(tree.getLeftOperand(), none);
        return tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR
                ? fixed(tree.getRightOperand()) : scan(tree.getRightOperand(), none);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void none) {
        scan(tree.getEnclosingExpression(), none);
        return scan(tree.getArguments(), none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
        Element element = source.trees.getElement(getCurrentPath());
        TypeMirror type = source.trees.getTypeMirror(getCurrentPath());
        if (element instanceof ExecutableElement && type != null && type.getKind() != TypeKind.VOID
                && type.getKind() != TypeKind.ERROR && statement != null && source.start(tree) >= 0
                && Shapes.isProject((TypeElement) element.getEnclosingElement())) {
            inPlace(tree, type);
        } else if (statement instanceof ExpressionStatementTree && source.start(tree) >= 0
                && ((ExpressionStatementTree) statement).getExpression() == tree && shapes.isThrowable(type)) {
            messageOf(tree);
        }
        return super.visitMethodInvocation(tree, none);
    }

    /** assertThrows(...) gives back what was thrown, and the test looks at its class only. */
    private void messageOf(MethodInvocationTree tree) {
        Candidate candidate = add(source.text(tree) + ".getMessage()", shapes.string(), 1);
        if (candidate == null) {
            return;
        }
        candidate.from = source.start(tree);
        candidate.to = source.end(tree);
        candidate.suffix = ".getMessage()";
        candidate.anchorFrom = source.start(statement);
        candidate.anchorTo = source.end(statement);
        candidate.shapes.add(Candidate.Shape.WHOLE);
    }

    private void inPlace(MethodInvocationTree tree, TypeMirror type) {
        boolean simple = shapes.isSimple(type);
        Candidate candidate = add(source.text(tree), type, simple ? 2 : 5);
        if (candidate == null) {
            return;
        }
        candidate.from = source.start(tree);
        candidate.to = source.end(tree);
        candidate.anchorFrom = source.start(statement);
        candidate.anchorTo = source.end(statement);
        if (statement instanceof ExpressionStatementTree
                && ((ExpressionStatementTree) statement).getExpression() == tree) {
            candidate.shapes.add(Candidate.Shape.WHOLE);
            candidate.rank = simple ? 0 : 3;
        } else if (statement instanceof VariableTree && ((VariableTree) statement).getInitializer() == tree) {
            candidate.shapes.add(Candidate.Shape.INITIAL);
            candidate.variable = ((VariableTree) statement).getName().toString();
            candidate.rank = simple ? 0 : 3;
        } else {
            if (isRepeatable(tree) && isStraight(statement)) {
                candidate.shapes.add(Candidate.Shape.REPEAT);
            }
            if (movable) {
                candidate.shapes.add(Candidate.Shape.HOIST);
            }
        }
        candidate.dropped = candidate.shapes.isEmpty();
    }

    /** Whether nothing in the expression looks as if it changed anything. */
    private boolean isRepeatable(Tree tree) {
        if (tree instanceof MethodInvocationTree) {
            MethodInvocationTree call = (MethodInvocationTree) tree;
            for (ExpressionTree argument : call.getArguments()) {
                if (!isRepeatable(argument)) {
                    return false;
                }
            }
            return !(call.getMethodSelect() instanceof MemberSelectTree)
                    || isRepeatable(((MemberSelectTree) call.getMethodSelect()).getExpression());
        }
        return tree instanceof IdentifierTree || tree instanceof LiteralTree
                || tree instanceof MemberSelectTree && isRepeatable(((MemberSelectTree) tree).getExpression());
    }

    private static boolean isStraight(StatementTree tree) {
        return tree instanceof ExpressionStatementTree || tree instanceof VariableTree;
    }

    // ---- what can be asked after a statement ----

    private void after(TreePath path) {
        StatementTree tree = (StatementTree) path.getLeaf();
        if (!isStraight(tree) && !(tree instanceof TryTree) && !(tree instanceof ForLoopTree)
                && !(tree instanceof EnhancedForLoopTree) && !(tree instanceof IfTree)) {
            return;
        }
        for (Map.Entry<String, TypeMirror> used : used(path).entrySet()) {
            TypeMirror type = used.getValue();
            boolean isSimple = shapes.isSimple(type);
            if (isSimple && !isAssigned(tree, used.getKey())) {
                continue;
            }
            for (Shapes.Question question : shapes.of(used.getKey(), type, isSimple ? 1 : 3)) {
                Candidate candidate = add(question.text, question.type, question.rank);
                if (candidate == null) {
                    return;
                }
                candidate.anchorFrom = source.start(tree);
                candidate.anchorTo = source.end(tree);
                candidate.shapes.add(Candidate.Shape.AFTER);
            }
        }
    }

    private static boolean isAssigned(StatementTree tree, String name) {
        if (tree instanceof VariableTree) {
            ExpressionTree value = ((VariableTree) tree).getInitializer();
            return ((VariableTree) tree).getName().contentEquals(name) && value != null
                    && !(value instanceof LiteralTree);
        }
        if (!(tree instanceof ExpressionStatementTree)) {
            return true;
        }
        ExpressionTree expression = ((ExpressionStatementTree) tree).getExpression();
        Tree target = expression instanceof AssignmentTree ? ((AssignmentTree) expression).getVariable()
                : expression instanceof CompoundAssignmentTree ? ((CompoundAssignmentTree) expression).getVariable()
                : expression instanceof UnaryTree ? ((UnaryTree) expression).getExpression() : null;
        return target != null && target.toString().equals(name);
    }

    /** Variables and fields that the statement names and that are there after it. */
    private Map<String, TypeMirror> used(TreePath path) {
        Map<String, TypeMirror> used = new LinkedHashMap<>();
        if (path.getLeaf() instanceof VariableTree) {
            VariableTree tree = (VariableTree) path.getLeaf();
            if (tree.getInitializer() != null) {
                used.put(tree.getName().toString(), source.trees.getTypeMirror(path));
            }
        }
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitIdentifier(IdentifierTree tree, Void none) {
                Element element = source.trees.getElement(getCurrentPath());
                String name = tree.getName().toString();
                if (element != null && !name.equals("this") && !name.equals("super")
                        && (element.getKind() == ElementKind.FIELD || inScope.contains(name))) {
                    used.put(name, element.asType());
                }
                return null;
            }
        }.scan(path, null);
        return used;
    }
}
