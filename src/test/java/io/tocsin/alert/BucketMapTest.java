package io.tocsin.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.junit.jupiter.api.Test;

class BucketMapTest {

  @Test
  void anEditLeavesTheOriginalAsItWas() {
    BucketMap<String, Integer> one = filled(1_000);
    var edit = one.edit();
    edit.put("k7", -7);
    edit.put("new", 1);
    edit.remove("k8");
    BucketMap<String, Integer> two = edit.build();

    assertThat(one.size()).isEqualTo(1_000);
    assertThat(one.get("k7")).isEqualTo(7);
    assertThat(one.get("k8")).isEqualTo(8);
    assertThat(two.size()).isEqualTo(1_000);
    assertThat(two.get("k7")).isEqualTo(-7);
    assertThat(two.get("k8")).isNull();
    assertThat(two.get("new")).isEqualTo(1);
  }

  @Test
  void growsWithoutLosingAnything() {
    BucketMap<String, Integer> map = filled(20_000);
    var seen = new HashMap<String, Integer>();
    map.forEach(seen::put);

    assertThat(seen).hasSize(20_000).containsEntry("k0", 0).containsEntry("k19999", 19_999);
    assertThat(map.edit().values()).hasSize(20_000);
  }

  @Test
  void anEditThatChangesNothingGivesTheOriginal() {
    BucketMap<String, Integer> map = filled(10);
    var edit = map.edit();
    edit.remove("not there");
    assertThat(edit.build()).isSameAs(map);
  }

  private static BucketMap<String, Integer> filled(int size) {
    var edit = BucketMap.<String, Integer>empty().edit();
    for (int i = 0; i < size; i++) {
      edit.put("k" + i, i);
    }
    return edit.build();
  }
}
