package io.tocsin.web;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * Contrast of a page's visible texts against what they stand on.
 *
 * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2, contrast ratio</a>
 */
final class Contrast {

  private static final String SCRIPT =
      """
      (least) => {
        const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => {
          const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
          return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
        };
        const ground = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const color = numbers(getComputedStyle(at).backgroundColor);
            if (color.length === 3 || color[3] > 0) return color;
          }
          return [255, 255, 255];
        };
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const text = walker.currentNode.textContent.trim();
          const element = walker.currentNode.parentElement;
          if (!text || !element.checkVisibility() || element.closest(".hidden")) continue;
          const a = light(numbers(getComputedStyle(element).color)), b = light(ground(element));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < least) found.push(ratio.toFixed(2) + " " + text);
        }
        return found;
      }
      """;

  private Contrast() {}

  /** Texts whose contrast is less than this ratio, each with its own. */
  static List<?> below(Page page, double ratio) {
    return (List<?>) page.evaluate(SCRIPT, ratio);
  }
}
