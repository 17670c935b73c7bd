package io.tocsin.web;

import io.tocsin.http.Reply;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A short word about what was just done, for a page that stays where it is.
 *
 * @param text what happened
 * @param undo address of the form that takes it back, if that is possible
 * @param trouble whether it was not done
 */
record Toast(String text, Optional<String> undo, boolean trouble) {

  static Toast done(String text) {
    return new Toast(text, Optional.empty(), false);
  }

  static Toast done(String text, String undo) {
    return new Toast(text, Optional.of(undo), false);
  }

  static Toast trouble(String text) {
    return new Toast(text, Optional.empty(), true);
  }

  /** An answer without a page; the browser's script shows it. */
  Reply reply(int status) {
    var json = new JsonObject().put("text", text).put("trouble", trouble);
    undo.ifPresent(path -> json.put("undo", path));
    String header = new JsonObject().put("toast", json).encode();
    return Reply.empty(status).with("HX-Trigger", ascii(header));
  }

  /** Headers hold ASCII only; JSON has a way to say the rest. */
  private static String ascii(String json) {
    var text = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char one = json.charAt(i);
      text.append(one < 0x7f ? String.valueOf(one) : "\\u%04x".formatted((int) one));
    }
    return text.toString();
  }
}
