package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What went wrong with a request, in the words of RFC 9457; the type is always {@code about:blank},
 * so the title is the status' own phrase.
 *
 * @param status HTTP status code
 * @param title the phrase of the status
 * @param detail what was found and what was expected, safe to show
 * @param instance names this occurrence in the log, {@code ""} when there is nothing more to find
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(int status, String title, String detail, String instance) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(int status, String detail) {
    return new Problem(status, HttpResponseStatus.valueOf(status).reasonPhrase(), detail, "");
  }

  /** The same problem with a name for this occurrence. */
  public Problem named(String instance) {
    return new Problem(status, title, detail, instance);
  }
}
