package io.tocsin;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap near what is in use. Left alone, the JVM grows it many times over while samples
 * stream in and seldom gives any of it back; a jar cannot carry flags, but these may be set while
 * it runs. What was set on the command line stays.
 *
 * <p>Not too near: where little is free, every second of work fills the heap up to where G1 marks
 * it anew, which on two cores cost a third of the rules' time.
 *
 * <p>G1 gives memory back when it has marked, and it marks when the heap fills up, which a heap
 * that grew in a rush does not do for hours. So a heap that is far too large is marked soon: its
 * periodic collection comes in a second instead of only when all is quiet.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html">The java
 *     command</a>
 */
final class JavaHeap {

  private static final Logger log = LoggerFactory.getLogger(JavaHeap.class);

  /** Free share of the heap in percent, and how often in milliseconds to look when all is quiet. */
  private static final Map<String, String> MODEST = modest();

  private static final String INTERVAL = "G1PeriodicGCInterval";
  private static final String QUIET_MILLIS = "15000";
  private static final String SOON_MILLIS = "1000";

  /**
   * So much beside what is in use is little: room for young objects. With less, a busy service
   * would be marked every second, and each time pages wait for it.
   */
  private static final long SMALL = 384L << 20;

  private boolean hurried;

  private static Map<String, String> modest() {
    var options = new LinkedHashMap<String, String>();
    options.put("MinHeapFreeRatio", "40");
    options.put("MaxHeapFreeRatio", "50");
    options.put(INTERVAL, QUIET_MILLIS);
    return options;
  }

  /**
   * Whether marking would give back much.
   *
   * @param committed bytes of the heap
   * @param old bytes in it that outlived a few collections
   */
  static boolean wasteful(long committed, long old) {
    return committed > 2 * old + SMALL;
  }

  /** Looks how large the heap is beside what is in it; to be called now and then. */
  void look() {
    long old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("G1 Old Gen"))
            .mapToLong(pool -> pool.getUsage().getUsed())
            .sum();
    boolean soon = old > 0 && wasteful(Runtime.getRuntime().totalMemory(), old);
    if (soon != hurried) {
      hurried = soon;
      machine().ifPresent(machine -> set(machine, INTERVAL, soon ? SOON_MILLIS : QUIET_MILLIS));
    }
  }

  /** Sets what can be set; a JVM that knows none of it keeps its ways. */
  static void keepModest() {
    machine().ifPresent(machine -> MODEST.forEach((name, value) -> set(machine, name, value)));
  }

  private static Optional<HotSpotDiagnosticMXBean> machine() {
    try {
      return Optional.ofNullable(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
    } catch (RuntimeException other) {
      log.debug("this JVM's heap cannot be kept modest", other);
      return Optional.empty();
    }
  }

  private static void set(HotSpotDiagnosticMXBean machine, String name, String value) {
    try {
      VMOption option = machine.getVMOption(name);
      boolean ours =
          switch (option.getOrigin()) {
            case DEFAULT, ERGONOMIC, MANAGEMENT -> true;
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
