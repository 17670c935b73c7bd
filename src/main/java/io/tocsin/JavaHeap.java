package io.tocsin;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near what is in use. Left alone, the JVM grows it many times over while samples
 * stream in and seldom gives any of it back; a jar cannot carry flags, but these may be set while
 * it runs. What was set on the command line stays.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html">The java
 *     command</a>
 */
final class JavaHeap {

  private static final Logger log = LoggerFactory.getLogger(JavaHeap.class);

  /** Free share of the heap in percent, and how often in milliseconds to look when all is quiet. */
  private static final Map<String, String> MODEST = modest();

  private JavaHeap() {}

  private static Map<String, String> modest() {
    var options = new LinkedHashMap<String, String>();
    options.put("MinHeapFreeRatio", "15");
    options.put("MaxHeapFreeRatio", "35");
    options.put("G1PeriodicGCInterval", "15000");
    return options;
  }

  /** Sets what can be set; a JVM that knows none of it keeps its ways. */
  static void keepModest() {
    try {
      var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      MODEST.forEach((name, value) -> set(machine, name, value));
    } catch (RuntimeException other) {
      log.debug("this JVM's heap cannot be kept modest", other);
    }
  }

  private static void set(HotSpotDiagnosticMXBean machine, String name, String value) {
    try {
      VMOption option = machine.getVMOption(name);
      boolean ours =
          switch (option.getOrigin()) {
            case DEFAULT, ERGONOMIC -> true;
            default -> false;
          };
      if (ours && option.isWriteable()) {
        machine.setVMOption(name, value);
      }
    } catch (IllegalArgumentException unknown) {
      log.debug("this JVM has no {}", name);
    }
  }
}
