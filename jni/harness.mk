# The compiled harness as data: for each class a u4 length and its bytes, then a
# zero length (read by jni/classes.c). Once for what every worker needs, once for
# what proposes assertions.
$(BUILD)/jni/harness.S: $(BUILD)/harness.stamp jni/harness.mk
	$(Q)mkdir -p $(@D)
	$(Q){ echo '.section .rodata'; \
	  for part in harness harness-fix; do \
	    name=harness_classes; [ $$part = harness ] || name=fixer_classes; \
	    echo ".globl $$name"; echo "$$name:"; \
	    for class in $$(find $(BUILD)/$$part -name '*.class' | LC_ALL=C sort); do \
	      echo '.long 2f - 1f'; echo "1: .incbin \"$$class\""; echo '2:'; done; \
	    echo '.long 0'; done; \
	  echo '.section .note.GNU-stack, "", %progbits'; } > $@

$(BUILD)/jni/harness.o: $(BUILD)/jni/harness.S
	$(Q)$(CC) -c -o $@ $<
