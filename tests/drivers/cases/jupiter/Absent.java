package jupiter;

class Absent {
}
