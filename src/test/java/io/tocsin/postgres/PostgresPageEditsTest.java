package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.PageEditsTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresPageEditsTest {

  @Test
  void changesInTheDatabaseKeepTheContract(Database database) {
    var store = new PostgresPageEdits(database);
    store.reset();
    PageEditsTest.keepsTheContract(store);
  }

  @Test
  void changesKeptBeforeComponentsCouldBeHiddenHideNone(Database database) {
    var store = new PostgresPageEdits(database);
    store.reset();
    String before = "{\"components\":[{\"name\":\"API\",\"description\":\"old\"}]}";
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO page_edits (document, edited_by, edited_at)"
                        + " VALUES (cast(? AS jsonb), 'ana', now())",
                    before));
    assertThat(store.load().orElseThrow().edits().components())
        .containsExactly(new PageEdits.Component("API", Optional.empty(), "old", false));
    store.reset();
  }
}
