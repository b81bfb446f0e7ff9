import java.util.concurrent.TimeUnit;

final class Sample {
    int factor(TimeUnit unit) {
        switch (unit) {
        case DAYS:
            return 24;
        case HOURS:
            return 1;
        default:
            return 0;
        }
    }

    int byHand(TimeUnit unit) {
        return unit.ordinal();
    }
}
