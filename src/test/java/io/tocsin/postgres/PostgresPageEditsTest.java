package io.tocsin.postgres;

import io.tocsin.statuspage.PageEditsTest;
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
}
