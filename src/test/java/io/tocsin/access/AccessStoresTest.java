package io.tocsin.access;

import io.tocsin.access.LoginSession.Holder;
import io.tocsin.access.LoginSession.OfAccount;
import io.tocsin.access.LoginSession.OfToken;
import org.junit.jupiter.api.Nested;

class AccessStoresTest {

  @Nested
  class Accounts extends AccountStoreContract {
    @Override
    protected AccountStore store() {
      return new MemoryAccountStore();
    }
  }

  @Nested
  class LoginSessions extends SessionStoreContract {
    @Override
    protected SessionStore store() {
      return new MemorySessionStore();
    }

    @Override
    protected Holder person() {
      return new OfAccount("a1");
    }

    @Override
    protected Holder token() {
      return new OfToken("00000001");
    }
  }

  @Nested
  class Audit extends AuditLogContract {
    @Override
    protected AuditLog log() {
      return new MemoryAuditLog();
    }
  }
}
