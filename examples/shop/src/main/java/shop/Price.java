package shop;

import java.util.Objects;

/** An amount of money in cents. */
public final class Price implements Comparable<Price> {
    public static final Price ZERO = new Price(0);

    private final long cents;

    private Price(long cents) {
        this.cents = cents;
    }

    public static Price ofCents(long cents) {
        if (cents < 0) {
            throw new IllegalArgumentException("a price is not negative: " + cents);
        }
        return new Price(cents);
    }

    public Price plus(Price other) {
        return ofCents(cents + other.cents);
    }

    public Price times(int quantity) {
        return ofCents(cents * quantity);
    }

    /** Less so many percent, rounded down to whole cents. */
    public Price lessPercent(int percent) {
        return ofCents(cents - cents * percent / 100);
    }

    public long cents() {
        return cents;
    }

    public boolean isFree() {
        return cents == 0;
    }

    @Override
    public int compareTo(Price other) {
        return Long.compare(cents, other.cents);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Price && ((Price) other).cents == cents;
    }

    @Override
    public int hashCode() {
        return Objects.hash(cents);
    }

    @Override
    public String toString() {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }
}
