package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecklistsTest {

  @Test
  void checkBoxesAreTheStepsElseWhatIsNumberedUnderMitigation() {
    assertThat(
            Checklists.steps(List.of("# X", "- [ ] Fail over", "1. not this", "* [ ] Tell sales")))
        .containsExactly("Fail over", "Tell sales");
    assertThat(
            Checklists.steps(
                List.of("## Diagnosis", "1. look", "## Mitigation", "1. Restart", "2. Wait")))
        .containsExactly("Restart", "Wait");
    assertThat(Checklists.steps(List.of("nothing"))).isEmpty();
    assertThat(
            Checklists.steps(
                List.of(
                    "## Mitigation", "1. Restart", "   the worker.", "  - none", "   x", "2. Go")))
        .as("a step over two lines")
        .containsExactly("Restart the worker.", "Go");
    assertThat(
            Checklists.steps(
                List.of(
                    "- [ ] **Moved**: see [ModelDrift](ModelDrift.md), run `tocsin drift` [1]")))
        .containsExactly("Moved: see ModelDrift, run tocsin drift [1]");
  }
}
