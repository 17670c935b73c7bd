package io.tocsin.grafana.board;

import io.tocsin.grafana.Board;
import java.util.List;

/** Every board that is shipped. */
public final class Boards {

  /** In the order in which one reads them. */
  public static final List<Board> ALL =
      List.of(
          OverviewBoard.board(),
          IncidentBoard.board(),
          CheckBoard.board(),
          SloBoard.board(),
          SlaBoard.board(),
          ModelBoard.board(),
          AlertBoard.board(),
          OnCallBoard.board(),
          HostBoard.board(),
          JvmBoard.board(),
          PostgresBoard.board(),
          SelfBoard.board(),
          BusinessBoard.board(),
          SupportBoard.board(),
          CapacityBoard.board());

  private Boards() {}
}
