// old_Jsr: compiled by ECJ 3.16 with -source 1.3 -target 1.4, so that finally blocks are subroutines (jsr, ret).
public class Old {
    static int a(String s, int n) {
        int total = 0; long big = 5L; Object lock = s;
        for (int i = 0; i < n; i++) {
            try {
                if (s.length() == i) return total;
                try { total += Integer.parseInt(s.substring(i)); } finally { big += total; s = s + "x"; }
                synchronized (lock) { total++; if (total > 100) break; if (total == 7) continue; }
            } catch (NumberFormatException e) {
                total--;
            } finally {
                try { big++; } finally { double d = big * 2.0; total += (int) d; }
            }
        }
        return total + (int) big;
    }
    static Object b(Object[] list, boolean c) throws Exception {
        Object o = null; Integer k = new Integer(3);
        try { o = c ? (Object) "x" : new StringBuffer(c ? "a" : "b"); switch (k.intValue()) { case 1: return o; case 2: o = list[0]; break; default: throw new Exception("d"); } }
        finally { while (o != null) { if (c) { o = null; } else { return k; } } }
        return list;
    }
    int c() { synchronized (this) { synchronized (Old.class) { return hashCode(); } } }
}
