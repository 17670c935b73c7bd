package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import io.tocsin.statuspage.Publication;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageLanguagesTest {

  private static final Pattern HOLE = Pattern.compile("\\{\\d\\}");
  private static final Path TEMPLATES = Path.of("src/main/jte/status");

  private static Map<String, String> words(Language language) throws Exception {
    var words = new Properties();
    String name = "io/tocsin/statuspage/words_" + language.label() + ".properties";
    var in = PageLanguagesTest.class.getClassLoader().getResourceAsStream(name);
    try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    var sorted = new TreeMap<String, String>();
    words.forEach((key, text) -> sorted.put((String) key, (String) text));
    return sorted;
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyKeyExistsInEveryLanguageWithTheSameHoles(Language language) throws Exception {
    Map<String, String> english = words(Language.EN);
    Map<String, String> own = words(language);
    assertThat(own.keySet()).isEqualTo(english.keySet());
    for (String key : english.keySet()) {
      assertThat(own.get(key)).as(key).isNotBlank();
      assertThat(holes(own.get(key))).as(key).isEqualTo(holes(english.get(key)));
    }
  }

  private static TreeSet<String> holes(String text) {
    return HOLE.matcher(text)
        .results()
        .map(hole -> hole.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyTextOfATemplateComesFromTheBundles() throws Exception {
    Map<String, String> english = words(Language.EN);
    var found = new ArrayList<String>();
    for (Path template : templates()) {
      String source = Files.readString(template);
      Pattern.compile("(?:say|count)\\(\"([^\"]+)\"[,)]")
          .matcher(source)
          .results()
          .map(call -> call.group(1))
          .filter(key -> !english.containsKey(key) && !english.containsKey(key + ".one"))
          .forEach(key -> found.add(template + " names the unknown key " + key));
      String text =
          source
              .replaceAll("(?m)^@(import|param).*$|^!\\{.*\\}$", "")
              .replaceAll("@(if|elseif|for)\\(.*\\)$|(?m)^@(if|elseif|for)\\(.*$", "")
              .replaceAll("@template[^`\\n]*(`|$|\\))", "")
              .replaceAll("\\$(unsafe)?\\{[^}]*\\}", "")
              .replaceAll("@(else|endif|endfor)|`\\)", "");
      Pattern.compile("(?:alt|title|aria-label|placeholder|value|content)=\"([^\"]*\\p{L}[^\"]*)\"")
          .matcher(text)
          .results()
          .map(attribute -> attribute.group(1))
          .filter(words -> !words.startsWith("width=device") && !words.equals("noindex"))
          .forEach(words -> found.add(template + " says " + words));
      Pattern.compile("\\p{L}{2,}")
          .matcher(text.replaceAll("<[^>]*>", " "))
          .results()
          .forEach(word -> found.add(template + " says " + word.group()));
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> templates() throws Exception {
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      List<Path> templates = files.filter(file -> file.toString().endsWith(".jte")).toList();
      assertThat(templates).hasSizeGreaterThan(9);
      return templates;
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyPageRendersInEveryLanguage(Language language) {
    var page = Publication.derive(Fabricated.showcase(), Fabricated.rich(NOW), NOW);
    var brand = new Brand(Fabricated.showcase().look(), new Assets());
    var edition = new Edition(page, NOW, brand, RenderedPage.FRESH);
    for (Place place : edition.places()) {
      String html = edition.page(place, language, Theme.AUTO).orElseThrow().plain().toString();
      assertThat(html)
          .as(place.path())
          .contains("<html lang=\"" + language.label() + "\" dir=\"ltr\"")
          .doesNotContainPattern("\\{\\d\\}");
    }
    String home = edition.home(language, Theme.AUTO).plain().toString();
    if (language != Language.EN) {
      assertThat(home).doesNotContain("Partial outage", "days ago", "Past incidents", "Subscribe");
    }
  }

  @Test
  void whatPeopleWroteIsNotTranslatedAndOurOwnWordsAre() {
    var page = Publication.derive(Fabricated.spec(), Fabricated.input(NOW), NOW);
    var edition = new Edition(page, NOW, new Brand(PageLook.PLAIN, new Assets()), "no-store");
    assertThat(edition.home(Language.DE, Theme.AUTO).plain().toString())
        .contains(
            "Schwerer Ausfall: AI models",
            "Payment API: Teilausfall",
            "99,78 % verfügbar in 90 Tagen",
            "Payments that failed were not charged.",
            "Teilausfall: Payment API. Wir untersuchen die Ursache.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de-AT,de;q=0.9,en;q=0.8 | DE",
        "nl, fr;q=0.5, es;q=0.7 | ES",
        "hi | HI",
        "nl | EN",
        "* | EN",
        "de;q=0, fr | FR",
        ";;;=,, | EN",
      })
  void theReadersLanguageIsTheBestOfferedOne(String header, Language expected) {
    assertThat(PageReader.accepted(header, PageLook.PLAIN)).isEqualTo(expected);
  }

  @Test
  void aLanguageThatIsNotOfferedIsNotSpoken() {
    var look =
        new PageLook(
            Language.DE,
            List.of(Language.DE, Language.EN),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(PageReader.accepted("fr", look)).isEqualTo(Language.DE);
    assertThat(PageReader.accepted(null, look)).isEqualTo(Language.DE);
  }
}
