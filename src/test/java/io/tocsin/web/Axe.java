package io.tocsin.web;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** The rules of WCAG 2.2 AA that a machine can check, asked of an open page. */
public final class Axe {

  private static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private Axe() {}

  /** What breaks a rule, each named with the page. */
  public static List<String> violations(Page page, String name) {
    return violations(of(page).withTags(RULES), name);
  }

  /** Colours without enough contrast alone: in the dark nothing else is another. */
  static List<String> contrast(Page page, String name) {
    return violations(of(page).withRules(List.of("color-contrast")), name);
  }

  /** Our pages have no frames: one run in the page itself says all, and much quicker. */
  private static AxeBuilder of(Page page) {
    var options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page).options(options).setLegacyMode(true);
  }

  private static List<String> violations(AxeBuilder axe, String name) {
    var found = new ArrayList<String>();
    for (Rule rule : axe.analyze().getViolations()) {
      rule.getNodes().forEach(node -> found.add(name + " " + rule.getId() + ": " + node.getHtml()));
    }
    return found;
  }
}
