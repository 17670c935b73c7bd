package io.tocsin.statuspage;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Phase;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class HistoryFeedTest {

  private static final PageSnapshot PAGE =
      Publication.derive(Fabricated.spec(), Fabricated.input(NOW), NOW);

  private static Document parse(String xml) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagNameNS("*", name).item(0).getTextContent();
  }

  @Test
  void atomHasAnEntryPerIncidentNewestFirst() throws Exception {
    Element feed = parse(HistoryFeed.atom(PAGE)).getDocumentElement();
    assertThat(feed.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
    var entries = feed.getElementsByTagNameNS("*", "entry");
    assertThat(entries.getLength()).isEqualTo(4);
    var entry = (Element) entries.item(1);
    assertThat(text(entry, "id")).isEqualTo("urn:tocsin:incident:i184abcdef");
    assertThat(text(entry, "title")).isEqualTo("Payment API: partial outage");
    assertThat(text(entry, "updated")).isEqualTo("2026-11-21T13:49:12Z");
    assertThat(text(entry, "content")).contains("<strong>Identified</strong>", "rolling back");
    var link = (Element) entry.getElementsByTagNameNS("*", "link").item(0);
    assertThat(link.getAttribute("href"))
        .isEqualTo("https://status.acme.example/incidents/i184abcdef");
  }

  @Test
  void rssHasAnItemPerIncident() throws Exception {
    Element rss = parse(HistoryFeed.rss(PAGE)).getDocumentElement();
    assertThat(rss.getElementsByTagName("item").getLength()).isEqualTo(4);
    assertThat(text((Element) rss.getElementsByTagName("item").item(1), "pubDate"))
        .isEqualTo("Sat, 21 Nov 2026 13:32:12 GMT");
  }

  @Test
  void nothingChangesWhileNoIncidentDoes() {
    PageInput input = Fabricated.input(NOW);
    var aged =
        new PageInput(
            input.incidents(),
            input.checks(),
            input.maintenance(),
            input.days(),
            NOW.plusSeconds(60));
    PageSnapshot later = Publication.derive(Fabricated.spec(), aged, NOW.plusSeconds(60));
    assertThat(HistoryFeed.atom(later)).isEqualTo(HistoryFeed.atom(PAGE));
    assertThat(HistoryFeed.rss(later)).isEqualTo(HistoryFeed.rss(PAGE));
  }

  @Test
  void whatAPersonTypedIsTextWhateverItLooksLike() throws Exception {
    var incident =
        Fabricated.incident(9, "t", Severity.HIGH, List.of("Database"), NOW)
            .updates(
                Fabricated.update(NOW, Phase.IDENTIFIED, false, "a < b & <script>x</script>\u0001"))
            .make();
    var input = new PageInput(List.of(incident), Map.of(), List.of(), Map.of(), NOW);
    Document feed = parse(HistoryFeed.atom(Publication.derive(Fabricated.spec(), input, NOW)));
    assertThat(text(feed.getDocumentElement(), "content"))
        .contains("a &lt; b &amp; &lt;script&gt;x&lt;/script&gt;</p>");
  }
}
