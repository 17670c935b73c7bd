package io.tocsin.web;

import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import io.tocsin.statuspage.PageSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public site as files that any web server or bucket can serve: every page in every language,
 * JSON, feeds, assets, with relative links. A file is whole at any time (written beside and moved
 * over), what links to others is written after them, and only what differs is written. Files of
 * others in the folder are left alone.
 */
final class SiteFolder {

  private static final Logger LOG = LoggerFactory.getLogger(SiteFolder.class);

  /** Names every file that is ours, so that those of an earlier run can be taken away. */
  private static final String LIST = ".tocsin-files";

  private static final List<String> PUBLIC_ASSETS = List.of("tocsin.css", "status.js", "icon.svg");

  private final Path dir;
  private final Assets assets;
  private final Map<String, Integer> written = new HashMap<>();
  private final Map<Object, Object> sources = new HashMap<>();
  private boolean failing;

  SiteFolder(Path dir, Assets assets) {
    this.dir = dir;
    this.assets = assets;
  }

  /** Brings the folder up to an edition; a failure is logged once, and mended by the next. */
  synchronized void write(Edition edition) {
    try {
      Map<String, byte[]> changed = new LinkedHashMap<>();
      var all = new TreeSet<String>();
      render(edition, changed, all);
      for (var file : changed.entrySet()) {
        put(file.getKey(), file.getValue());
      }
      tidy(all);
      failing = false;
    } catch (IOException e) {
      sources.clear();
      written.clear();
      if (!failing) {
        LOG.warn(
            "the status page cannot be written to {} and is tried again: {}", dir, e.toString());
      }
      failing = true;
    }
  }

  /** Every file's name, and the bytes of those whose source differs; assets first, index last. */
  private void render(Edition edition, Map<String, byte[]> changed, Set<String> all) {
    for (String name : PUBLIC_ASSETS) {
      String path = assets.path(name);
      RenderedPage file = Objects.requireNonNull(assets.files().get(path));
      once(path.substring(1), file, changed, all);
    }
    edition.brand().files().forEach((path, file) -> once(path.substring(1), file, changed, all));
    PageLook look = edition.snapshot().spec().look();
    for (Place place : edition.places().reversed()) {
      Object source = source(edition, place);
      for (Language language : look.languages()) {
        String name = FolderLinks.file(place.path(), language, look.language());
        all.add(name);
        if (!source.equals(sources.put(name, source))) {
          var links =
              new FolderLinks(place.path(), language, look.language(), edition.brand().paths());
          String html = edition.html(place, language, Theme.AUTO, links);
          changed.put(name, html.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    for (PublicFile file : PublicFile.values()) {
      String name = file.path().substring(1);
      all.add(name);
      changed.put(name, file.write(edition.snapshot()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void once(String name, RenderedPage file, Map<String, byte[]> changed, Set<String> all) {
    all.add(name);
    if (!written.containsKey(name)) {
      changed.put(name, file.plain().getBytes());
    }
  }

  /** What a page is made from: while it is equal, the page need not be rendered. */
  private static Object source(Edition edition, Place place) {
    PageSnapshot page = edition.snapshot();
    List<Object> always = List.of(page.spec(), edition.stale(), edition.brand().paths());
    return switch (place) {
      case Place.Home home -> List.of(always, page);
      case Place.History history -> List.of(always, page.months(), page.days(page.months().get(0)));
      case Place.Month month -> List.of(always, page.months(), page.days(month.month()));
      case Place.Incident incident ->
          List.of(
              always,
              page.incident(incident.id()).orElseThrow(),
              page.incident(incident.id()).filter(known -> known.open()).isPresent()
                  ? page.days(1).get(0).date()
                  : "");
      case Place.Absent absent -> always;
    };
  }

  private void put(String name, byte[] bytes) throws IOException {
    int hash = Arrays.hashCode(bytes);
    Integer before = written.get(name);
    if (before != null && before == hash) {
      return;
    }
    Path file = dir.resolve(name);
    Path folder = file.resolveSibling("");
    Files.createDirectories(folder);
    Path beside = folder.resolve("." + file.getFileName() + ".new");
    Files.write(beside, bytes);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written.put(name, hash);
  }

  /** Takes away what was ours and is no more, also from before a restart. */
  private void tidy(Set<String> all) throws IOException {
    Path list = dir.resolve(LIST);
    var old = new TreeSet<String>(listed(list));
    if (old.equals(all)) {
      return;
    }
    old.removeAll(all);
    for (String name : old) {
      Path file = dir.resolve(name).normalize();
      if (file.startsWith(dir)) {
        Files.deleteIfExists(file);
      }
      written.remove(name);
      sources.remove(name);
    }
    put(LIST, (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> listed(Path list) throws IOException {
    try {
      return Files.readAllLines(list);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
