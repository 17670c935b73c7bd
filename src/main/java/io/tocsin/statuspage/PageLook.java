package io.tocsin.statuspage;

import java.util.List;
import java.util.Optional;

/**
 * What an owner makes of the page: languages, colours, words at its top and foot.
 *
 * @param language for readers who ask for none that is offered
 * @param languages offered, in the order of the switch
 * @param accent colour of links and focus, if not ours
 * @param logo in place of ours
 * @param footer limited Markdown at the foot, if any
 * @param announcement at the top, if any
 */
public record PageLook(
    Language language,
    List<Language> languages,
    Optional<Accent> accent,
    Optional<Logo> logo,
    Optional<String> footer,
    Optional<Announcement> announcement) {

  /** As it comes: English first, every language offered. */
  public static final PageLook PLAIN =
      new PageLook(
          Language.EN,
          List.of(Language.values()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public PageLook {
    languages = List.copyOf(languages);
  }

  /** A colour on light and one on dark ground, each as {@code #rrggbb}. */
  public record Accent(String light, String dark) {}

  /**
   * The owner's picture.
   *
   * @param mediaType image/svg+xml, image/png, image/jpeg or image/webp
   * @param suffix of its file name: {@code .svg}
   * @param base64 its bytes
   */
  public record Logo(String mediaType, String suffix, String base64) {}

  /**
   * Something that is no incident but that everybody should read.
   *
   * @param tone how it is coloured
   * @param text limited Markdown
   */
  public record Announcement(Tone tone, String text) {

    /** How much it matters. */
    public enum Tone {
      NOTE,
      WARNING
    }
  }
}
