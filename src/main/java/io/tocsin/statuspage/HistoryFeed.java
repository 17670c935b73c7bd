package io.tocsin.statuspage;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Incidents as a feed: one entry each, the newest 50, which changes only when the incident does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4287">RFC 4287, Atom</a>
 * @see <a href="https://www.rssboard.org/rss-specification">RSS 2.0</a>
 */
public final class HistoryFeed {

  private static final int LISTED = 50;
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();
  private static final DateTimeFormatter SAID =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HistoryFeed() {}

  /** The page's incidents as an Atom document. */
  public static String atom(PageSnapshot page) {
    return write(
        xml -> {
          xml.writeStartElement("feed");
          xml.writeDefaultNamespace(ATOM);
          element(xml, "title", page.spec().title() + ": incidents");
          element(xml, "id", "urn:tocsin:history:" + StatuspageRecords.home(page.spec()));
          element(xml, "updated", updated(page).toString());
          atomLink(xml, "alternate", StatuspageRecords.home(page.spec()));
          atomLink(xml, "self", StatuspageRecords.home(page.spec()) + "history.atom");
          xml.writeStartElement("author");
          element(xml, "name", page.spec().title());
          xml.writeEndElement();
          for (PublicIncident incident : listed(page)) {
            xml.writeStartElement("entry");
            element(xml, "id", "urn:tocsin:incident:" + incident.id());
            element(xml, "title", incident.title());
            element(xml, "published", incident.startedAt().toString());
            element(xml, "updated", incident.updatedAt().toString());
            atomLink(xml, "alternate", StatuspageRecords.link(page.spec(), incident));
            xml.writeStartElement("content");
            xml.writeAttribute("type", "html");
            xml.writeCharacters(html(incident));
            xml.writeEndElement();
            xml.writeEndElement();
          }
          xml.writeEndElement();
        });
  }

  /** The page's incidents as an RSS document. */
  public static String rss(PageSnapshot page) {
    return write(
        xml -> {
          xml.writeStartElement("rss");
          xml.writeAttribute("version", "2.0");
          xml.writeStartElement("channel");
          element(xml, "title", page.spec().title() + ": incidents");
          element(xml, "link", StatuspageRecords.home(page.spec()));
          element(xml, "description", "What went wrong, and what was done about it");
          element(xml, "lastBuildDate", rfc822(updated(page)));
          for (PublicIncident incident : listed(page)) {
            xml.writeStartElement("item");
            element(xml, "title", incident.title());
            element(xml, "link", StatuspageRecords.link(page.spec(), incident));
            xml.writeStartElement("guid");
            xml.writeAttribute("isPermaLink", "false");
            xml.writeCharacters("urn:tocsin:incident:" + incident.id());
            xml.writeEndElement();
            element(xml, "pubDate", rfc822(incident.startedAt()));
            element(xml, "description", html(incident));
            xml.writeEndElement();
          }
          xml.writeEndElement();
          xml.writeEndElement();
        });
  }

  private static List<PublicIncident> listed(PageSnapshot page) {
    return page.incidents().stream()
        .sorted(Comparator.comparing(PublicIncident::startedAt).reversed())
        .limit(LISTED)
        .toList();
  }

  /** The newest news; of an empty feed the epoch, so that it does not change by itself. */
  private static Instant updated(PageSnapshot page) {
    return listed(page).stream()
        .map(PublicIncident::updatedAt)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private static String html(PublicIncident incident) {
    var text = new StringBuilder();
    for (PublicIncident.Update update : incident.updates()) {
      text.append("<p><strong>")
          .append(PublicWords.ENGLISH.phase(update.phase()))
          .append("</strong> ")
          .append(SAID.format(update.at()))
          .append("<br>")
          .append(escape(update.text()))
          .append("</p>");
    }
    return text.toString();
  }

  /** As HTML, without the control characters that XML 1.0 cannot carry. */
  private static String escape(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\t\\n\\r]]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String rfc822(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }

  private static void atomLink(XMLStreamWriter xml, String relation, String address)
      throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", relation);
    xml.writeAttribute("href", address);
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private interface Document {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  private static String write(Document document) {
    var text = new StringWriter();
    try {
      XMLStreamWriter xml = XML.createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      document.write(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return text.toString();
  }
}
