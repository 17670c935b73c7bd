package io.tocsin.channel;

import io.tocsin.settings.Masking;
import io.tocsin.settings.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** A receiver's settings for people's eyes: what is not known to be harmless is hidden. */
final class MaskedSettings {

  private MaskedSettings() {}

  static Map<String, String> of(Section section) {
    var settings = new LinkedHashMap<String, String>();
    for (String key : section.keys()) {
      settings.put(key, shown(section, key));
    }
    return settings;
  }

  /** Of an address only the server is shown: its path may be the secret. */
  private static String shown(Section section, String key) {
    if (Masking.harmless(key)) {
      return String.join(", ", section.strings(key));
    }
    if (key.equals("url") || key.equals("api_url")) {
      URI url = URI.create(section.string(key));
      return url.getScheme()
          + "://"
          + url.getAuthority().replaceFirst(".*@", "")
          + "/"
          + Masking.HIDDEN;
    }
    return Masking.HIDDEN;
  }
}
