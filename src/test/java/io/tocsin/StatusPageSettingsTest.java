package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.settings.SettingsProblem;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import io.tocsin.web.PageMembers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageSettingsTest {

  @TempDir private Path folder;

  private PageSettings read(String page) throws Exception {
    Path file = folder.resolve("tocsin.yaml");
    Files.writeString(
        file,
        "components: [{ name: API, response_time: true }, { name: Web }]\nstatus_page:\n" + page);
    return Configuration.read(file, Map.of("STATUS_TOKEN", "sixteen-letters-x")).page();
  }

  @Test
  void everythingThatTheDocumentationNamesIsRead() throws Exception {
    Files.writeString(folder.resolve("acme.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    PageSettings page =
        read(
            """
              language: de
              languages: [en, de]
              logo: acme.svg
              accent: { light: "#7c2d92", dark: "#e3a5f2" }
              footer: "[Imprint](https://acme.example)"
              announcement: { tone: warning, text: "The *old* API ends." }
              tokens: ["${env:STATUS_TOKEN}"]
              snapshot: public
              remind_before: 2h
            """);
    PageLook look = page.spec().look();
    assertThat(look.language()).isEqualTo(Language.DE);
    assertThat(look.languages()).containsExactly(Language.EN, Language.DE);
    assertThat(look.logo().orElseThrow().mediaType()).isEqualTo("image/svg+xml");
    assertThat(look.accent()).contains(new PageLook.Accent("#7c2d92", "#e3a5f2"));
    assertThat(look.announcement().orElseThrow().tone())
        .isEqualTo(PageLook.Announcement.Tone.WARNING);
    assertThat(page.snapshot()).contains(folder.resolve("public"));
    assertThat(page.remindBefore()).isEqualTo(Duration.ofHours(2));
    assertThat(page.reach().isPrivate()).isTrue();
    assertThat(page.door().open()).isFalse();
    assertThat(page.spec().components())
        .extracting(it -> it.responseTime())
        .containsExactly(true, false);
  }

  @Test
  void theOpenCopyOfAPrivatePageIsWarnedOfByItsKey() throws Exception {
    PageSettings page = read("  snapshot: public\n  tokens: [a-token-of-some-length]");
    assertThat(page.openCopy().orElseThrow())
        .startsWith("status_page.snapshot: ")
        .contains(folder.resolve("public").toString())
        .doesNotContain("\n");
    assertThat(read("  snapshot: public").openCopy()).isEmpty();
    assertThat(read("  tokens: [a-token-of-some-length]").openCopy()).isEmpty();
  }

  @Test
  void readersMayComeFromTheIdentityProvider() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            auth: { oidc: { issuer: "https://id.example", client_id: t, client_secret: s, default_role: viewer } }
            status_page: { url: "https://status.example", private: { oidc: true, groups: [customers] } }
            """);
    PageSettings page = Configuration.read(file, Map.of()).page();
    PageDoorSettings.Members members = page.door().members().orElseThrow();
    assertThat(members.home()).hasToString("https://status.example/");
    assertThat(members.who())
        .isEqualTo(new PageMembers(List.of("customers"), Duration.ofHours(12)));
    assertThat(page.door().open()).isFalse();
    assertThat(page.reach().isPrivate()).isTrue();
  }

  @Test
  void withoutSettingsThePageIsForEverybodyInEveryLanguage() throws Exception {
    PageSettings page = read("  title: Plain");
    assertThat(page.spec().look()).isEqualTo(PageLook.PLAIN);
    assertThat(page.spec().look().languages()).isEqualTo(List.of(Language.values()));
    assertThat(page.door().open()).isTrue();
    assertThat(page.snapshot()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "languages: [en, xx]                             | languages | xx",
        "languages: [en]; language: fr                   | language | fr",
        "accent: { light: '#ffee00', dark: '#e3a5f2' }   | light | contrast",
        "accent: { light: red, dark: '#e3a5f2' }         | light | #1d4ed8",
        "logo: missing.png                               | logo | missing.png",
        "logo: tocsin.yaml                               | logo | SVG",
        "tokens: [short]                                 | tokens | 16",
        "announcement: { text: x, tone: loud }           | tone | loud",
        "private: { oidc: true }                         | status_page.url | found nothing",
        "url: ftp://s.example; private: { oidc: true }   | status_page.url | ftp://s.example",
        "url: https://s.example; private: { oidc: true } | private.oidc | no identity provider",
        "url: https://s.example/at; private: { oidc: true } | status_page.url | s.example/at",
        "url: https://s.example; private: { groups: a }  | private.oidc | status_page.tokens",
        "url: https://s.example; private: { oidc: true, session: 9s } | session | 1m to 90d",
        "url: https://s.example; private: { oidc: true, group: a }    | group | groups",
      })
  void aMistakeIsToldWithItsPlace(String page, String field, String words) {
    assertThatThrownBy(() -> read("  " + page.replace(";", "\n ")))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("tocsin.yaml")
        .hasMessageContaining(field)
        .hasMessageContaining(words);
  }
}
