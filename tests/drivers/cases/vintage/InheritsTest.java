package vintage;

public class InheritsTest extends EnclosingTest.Shared {
}
