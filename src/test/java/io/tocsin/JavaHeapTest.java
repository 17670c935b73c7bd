package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaHeapTest {
  private static final long MIB = 1 << 20;

  @Test
  void aHeapManyTimesWhatIsInItIsWasteful() {
    assertThat(JavaHeap.wasteful(4_600 * MIB, 450 * MIB)).isTrue();
    assertThat(JavaHeap.wasteful(700 * MIB, 20 * MIB)).isTrue();
  }

  @Test
  void roomForYoungObjectsIsNotWasteful() {
    assertThat(JavaHeap.wasteful(690 * MIB, 450 * MIB)).isFalse();
    assertThat(JavaHeap.wasteful(400 * MIB, 20 * MIB)).isFalse();
  }
}
