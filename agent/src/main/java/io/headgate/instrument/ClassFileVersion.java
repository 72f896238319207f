// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Brings class files of Java 6, which Apache's HttpClient 4 has, to the version that knows {@code
 * invokedynamic}. What compilers make of them differs from Java 7's in the version only: both have
 * stack maps. But they may do without, and with subroutines, because the JVM has another verifier
 * for them (JVMS 4.10): what a tool has made of a class so cannot be raised.
 */
final class ClassFileVersion {

  private static final int MAJOR_VERSION = 6;

  private ClassFileVersion() {}

  /**
   * The class file itself if it is newer.
   *
   * @throws UnsupportedClassVersionError if it cannot be raised
   */
  static byte[] raised(byte[] bytes) {
    int version = ((bytes[MAJOR_VERSION] & 0xff) << 8) | (bytes[MAJOR_VERSION + 1] & 0xff);
    if (version > Opcodes.V1_6) {
      return bytes;
    }
    if (version < Opcodes.V1_6) {
      throw new UnsupportedClassVersionError("class file version " + version);
    }
    new ClassReader(bytes).accept(new EachMethod(), ClassReader.SKIP_DEBUG);
    byte[] raised = bytes.clone();
    raised[MAJOR_VERSION + 1] = Opcodes.V1_7;
    return raised;
  }

  private static final class EachMethod extends ClassVisitor {

    EachMethod() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new Code(name + descriptor);
    }
  }

  /** Whether the code of a method is what the newer verifier takes. */
  private static final class Code extends MethodVisitor {

    private final String method;
    private boolean branches;
    private boolean frames;

    Code(String method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public void visitFrame(
        int type, int locals, Object @Nullable [] local, int stack, Object @Nullable [] onStack) {
      frames = true;
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (opcode == Opcodes.JSR) {
        throw new UnsupportedClassVersionError("a subroutine in " + method);
      }
      branches = true;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      branches = true;
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      branches = true;
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      branches = true;
    }

    @Override
    public void visitEnd() {
      if (branches && !frames) {
        throw new UnsupportedClassVersionError("no stack map for " + method);
      }
    }
  }
}
