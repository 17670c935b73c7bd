package io.tocsin.template;

/** Text that becomes part of HTML or XML. */
public final class Markup {

  /**
   * What XML 1.0 cannot carry, see <a href="https://www.w3.org/TR/xml/#charsets">its section
   * 2.2</a>.
   */
  private static final String NOT_XML =
      "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

  private Markup() {}

  /** Safe as text and inside an attribute in double quotes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** As {@link #escape}, without the characters that XML 1.0 does not allow. */
  public static String xml(String text) {
    return escape(text.replaceAll(NOT_XML, ""));
  }
}
