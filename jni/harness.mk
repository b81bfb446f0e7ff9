# The compiled harness as data: for each class a u4 length and its bytes, then a
# zero length (read by jni/classes.c).
$(BUILD)/jni/harness.S: $(BUILD)/harness.stamp jni/harness.mk
	$(Q)mkdir -p $(@D)
	$(Q){ echo '.section .rodata'; echo '.globl harness_classes'; echo 'harness_classes:'; \
	  for class in $$(find $(BUILD)/harness -name '*.class' | LC_ALL=C sort); do \
	    echo '.long 2f - 1f'; echo "1: .incbin \"$$class\""; echo '2:'; done; \
	  echo '.long 0'; echo '.section .note.GNU-stack, "", %progbits'; } > $@

$(BUILD)/jni/harness.o: $(BUILD)/jni/harness.S
	$(Q)$(CC) -c -o $@ $<
