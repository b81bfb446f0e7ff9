package scala;

public interface Product {
}
