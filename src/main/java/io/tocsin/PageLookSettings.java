package io.tocsin;

import io.tocsin.settings.Section;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads languages, colours, picture, footer and announcement of {@code status_page:}. */
final class PageLookSettings {

  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final int MOST_BYTES = 200 * 1024;
  private static final int MOST_TEXT = 2000;

  /** The grounds that links stand on, light and dark, as in the stylesheet. */
  private static final String LIGHT_GROUND = "#eef0f3";

  private static final String DARK_GROUND = "#20262e";

  /** WCAG 2.2, 1.4.3. */
  private static final double LEAST_CONTRAST = 4.5;

  private PageLookSettings() {}

  static PageLook read(Section page, Path folder) {
    List<Language> languages = new ArrayList<>();
    for (String label : page.strings("languages")) {
      languages.add(language(page, "languages", label));
    }
    Language usual =
        page.optional("language")
            .map(label -> language(page, "language", label))
            .orElse(languages.isEmpty() ? Language.EN : languages.getFirst());
    if (!languages.isEmpty() && !languages.contains(usual)) {
      throw page.problem("language", usual.label(), "one of languages");
    }
    return new PageLook(
        usual,
        languages.isEmpty() ? List.of(Language.values()) : languages,
        page.section("accent").map(PageLookSettings::accent),
        page.optional("logo").map(file -> logo(page, folder.resolve(file))),
        page.optional("footer").map(text -> bounded(page, "footer", text)),
        page.section("announcement").map(PageLookSettings::announcement));
  }

  private static Language language(Section page, String key, String label) {
    return Language.parse(label)
        .orElseThrow(
            () ->
                page.problem(
                    key,
                    "\"" + label + "\"",
                    "one of "
                        + Arrays.stream(Language.values())
                            .map(Language::label)
                            .collect(Collectors.joining(", "))));
  }

  private static PageLook.Accent accent(Section section) {
    String light = colour(section, "light", LIGHT_GROUND);
    String dark = colour(section, "dark", DARK_GROUND);
    section.done();
    return new PageLook.Accent(light, dark);
  }

  /** A colour that can be read on its ground. */
  private static String colour(Section section, String key, String ground) {
    String colour = section.string(key);
    if (!COLOUR.matcher(colour).matches()) {
      throw section.problem(key, "\"" + colour + "\"", "a colour such as #1d4ed8");
    }
    double contrast = contrast(colour, ground);
    if (contrast < LEAST_CONTRAST) {
      throw section.problem(
          key,
          String.format(Locale.ROOT, "%s with a contrast of %.1f to %s", colour, contrast, ground),
          "a contrast of at least " + LEAST_CONTRAST + ", so that everybody can read links");
    }
    return colour.toLowerCase(Locale.ROOT);
  }

  /** As WCAG 2.2 defines contrast ratio. */
  static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double c = (channel & 0xff) / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static PageLook.Logo logo(Section page, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String suffix = name.substring(Math.max(0, name.lastIndexOf('.')));
    String mediaType =
        switch (suffix) {
          case ".svg" -> "image/svg+xml";
          case ".png" -> "image/png";
          case ".jpg", ".jpeg" -> "image/jpeg";
          case ".webp" -> "image/webp";
          default -> throw page.problem("logo", "an SVG, PNG, JPEG or WebP file");
        };
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw page.problem("logo", Files.size(file) + " bytes", "at most " + MOST_BYTES);
      }
      byte[] bytes = Files.readAllBytes(file);
      return new PageLook.Logo(mediaType, suffix, Base64.getEncoder().encodeToString(bytes));
    } catch (IOException e) {
      throw page.problem("logo", "no readable file " + file, "a picture");
    }
  }

  private static PageLook.Announcement announcement(Section section) {
    var tone =
        section.choice("tone", PageLook.Announcement.Tone.class, PageLook.Announcement.Tone.NOTE);
    String text = bounded(section, "text", section.string("text"));
    section.done();
    return new PageLook.Announcement(tone, text);
  }

  private static String bounded(Section section, String key, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > MOST_TEXT) {
      throw section.problem(key, length + " bytes", "at most " + MOST_TEXT);
    }
    return text;
  }
}
