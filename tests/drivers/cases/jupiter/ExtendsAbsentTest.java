package jupiter;

class ExtendsAbsentTest extends Absent {
}
