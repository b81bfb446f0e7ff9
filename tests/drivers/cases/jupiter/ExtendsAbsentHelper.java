package jupiter;

class ExtendsAbsentHelper extends Absent {
}
