package dev.berth.bench;

import dev.berth.core.scan.PackageFormat;
import dev.berth.core.scan.version.VersionOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many versions are compared in a microsecond (so: millions a second), and what it allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Versions {

  private static final int COUNT = 8;

  // each differs from the next where versions of one package do: near the end
  private static final Map<PackageFormat, List<String>> RELEASED =
      Map.of(
          PackageFormat.DPKG,
          List.of(
              "2.36-9+deb12u3",
              "2.36-9+deb12u9",
              "1:4.13+dfsg1-1+b1",
              "1:4.13+dfsg1-1+deb12u1",
              "3.0.11-1~deb12u2",
              "3.0.15-1~deb12u1",
              "5.36.0-7+deb12u1",
              "5.36.0-7+deb12u3"),
          PackageFormat.APK,
          List.of(
              "3.1.4-r0",
              "3.1.4-r5",
              "1.36.1-r15",
              "1.36.1-r29",
              "6.4_p20231125-r0",
              "6.4_p20240420-r0",
              "2.38_git20230729-r0",
              "2.38_git20230729-r1"),
          PackageFormat.RPM,
          List.of(
              "2.34-60.el9",
              "2.34-100.el9_4.2",
              "1:3.0.7-24.el9",
              "1:3.0.7-27.el9_4",
              "5.14.0-362.8.1.el9_3",
              "5.14.0-427.13.1.el9_4",
              "0:1.0~rc1-3.amzn2023.0.1",
              "0:1.0~rc1-3.amzn2023.0.2"));

  @Param public PackageFormat format;

  private Comparator<String> order;
  private String[] versions;

  @Setup
  public void choose() {
    order = VersionOrder.of(format);
    versions = RELEASED.get(format).toArray(String[]::new);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int compare() {
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += order.compare(versions[i], versions[(i + 1) % COUNT]);
    }
    return sum;
  }
}
