// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class ClassFileVersionTest {

  @Test
  void newerOnesStayAsTheyAre() {
    byte[] bytes = type(Opcodes.V1_7, 0, ClassFileVersionTest::straight);
    assertThat(ClassFileVersion.raised(bytes)).isSameAs(bytes);
  }

  @Test
  void olderOnesAreNotTouched() {
    byte[] bytes = type(Opcodes.V1_5, 0, ClassFileVersionTest::straight);
    assertThatThrownBy(() -> ClassFileVersion.raised(bytes))
        .isInstanceOf(UnsupportedClassVersionError.class)
        .hasMessageContaining("49");
  }

  @Test
  void whatHasItsStackMapsIsRaised() throws Exception {
    byte[] bytes = type(Opcodes.V1_6, ClassWriter.COMPUTE_FRAMES, ClassFileVersionTest::branching);
    byte[] raised = ClassFileVersion.raised(bytes);
    assertThat(raised[7]).isEqualTo((byte) Opcodes.V1_7);
    assertThat(bytes[7]).isEqualTo((byte) Opcodes.V1_6);
    assertThat(verified(raised)).isTrue();
  }

  @Test
  void whatNeedsNoStackMapIsRaised() throws Exception {
    byte[] raised = ClassFileVersion.raised(type(Opcodes.V1_6, 0, ClassFileVersionTest::straight));
    assertThat(verified(raised)).isTrue();
  }

  /** The older verifier takes it, the newer one would not. */
  @Test
  void whatLacksAStackMapIsNot() throws Exception {
    byte[] bytes = type(Opcodes.V1_6, 0, ClassFileVersionTest::branching);
    assertThat(verified(bytes)).isTrue();
    assertThatThrownBy(() -> ClassFileVersion.raised(bytes))
        .isInstanceOf(UnsupportedClassVersionError.class)
        .hasMessage("no stack map for run()Z");
  }

  @Test
  void whatHasSubroutinesIsNot() {
    byte[] bytes =
        type(
            Opcodes.V1_6,
            0,
            code -> {
              Label subroutine = new Label();
              code.visitJumpInsn(Opcodes.JSR, subroutine);
              code.visitInsn(Opcodes.ICONST_1);
              code.visitInsn(Opcodes.IRETURN);
              code.visitLabel(subroutine);
              code.visitVarInsn(Opcodes.ASTORE, 0);
              code.visitVarInsn(Opcodes.RET, 0);
            });
    assertThatThrownBy(() -> ClassFileVersion.raised(bytes))
        .isInstanceOf(UnsupportedClassVersionError.class)
        .hasMessage("a subroutine in run()Z");
  }

  private static void straight(MethodVisitor code) {
    code.visitInsn(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.IRETURN);
  }

  private static void branching(MethodVisitor code) {
    Label no = new Label();
    code.visitInsn(Opcodes.ICONST_1);
    code.visitJumpInsn(Opcodes.IFEQ, no);
    straight(code);
    code.visitLabel(no);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitInsn(Opcodes.IRETURN);
  }

  private static byte[] type(int version, int flags, Consumer<MethodVisitor> code) {
    ClassWriter type = new ClassWriter(flags | ClassWriter.COMPUTE_MAXS);
    type.visit(version, Opcodes.ACC_PUBLIC, "Made", null, "java/lang/Object", null);
    MethodVisitor method =
        type.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()Z", null, null);
    method.visitCode();
    code.accept(method);
    method.visitMaxs(2, 2);
    method.visitEnd();
    type.visitEnd();
    return type.toByteArray();
  }

  /** What its method says, once the JVM has linked it. */
  private static boolean verified(byte[] bytes) throws Exception {
    Class<?> type =
        new ClassLoader(null) {
          Class<?> define() {
            return defineClass("Made", bytes, 0, bytes.length);
          }
        }.define();
    return (boolean) type.getMethod("run").invoke(null);
  }
}
