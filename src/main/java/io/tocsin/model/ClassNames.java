package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes of answers and truths, numbered; those beyond the first {@link #MOST} are one. */
final class ClassNames {

  static final int MOST = 64;

  /** The code of all further classes. */
  private static final int OTHERS = 0;

  private final List<String> names = new ArrayList<>(List.of(Segment.OTHER));
  private final Map<String, Integer> codes = new HashMap<>();

  int code(String name) {
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    if (codes.size() == MOST) {
      return OTHERS;
    }
    codes.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  String name(int code) {
    return names.get(code);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(codes.size());
    for (String name : names.subList(1, names.size())) {
      out.writeUTF(name);
    }
  }

  void read(DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      code(in.readUTF());
    }
  }
}
