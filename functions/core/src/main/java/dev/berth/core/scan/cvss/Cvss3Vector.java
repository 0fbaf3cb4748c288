package dev.berth.core.scan.cvss;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The base metrics of a vector of version 3.0 or 3.1, as numbers (specification of 3.1, 7.4). */
record Cvss3Vector(double exploitability, double impact, boolean scopeChanged) {

  /** Base metrics are mandatory and come first; temporal and environmental ones are passed over. */
  private static final Pattern VECTOR =
      Pattern.compile(
          "CVSS:3\\.[01]/AV:([NALP])/AC:([LH])/PR:([NLH])/UI:([NR])/S:([UC])"
              + "/C:([HLN])/I:([HLN])/A:([HLN])(?:/[A-Z]{1,3}:[A-Z]){0,16}");

  private static final Map<String, Double> ATTACK_VECTOR =
      Map.of("N", 0.85, "A", 0.62, "L", 0.55, "P", 0.2);
  private static final Map<String, Double> COMPLEXITY = Map.of("L", 0.77, "H", 0.44);
  private static final Map<String, Double> PRIVILEGES = Map.of("N", 0.85, "L", 0.62, "H", 0.27);
  private static final Map<String, Double> PRIVILEGES_OF_CHANGED_SCOPE =
      Map.of("N", 0.85, "L", 0.68, "H", 0.5);
  private static final Map<String, Double> INTERACTION = Map.of("N", 0.85, "R", 0.62);
  private static final Map<String, Double> IMPACT = Map.of("H", 0.56, "L", 0.22, "N", 0.0);

  static Optional<Cvss3Vector> parse(String vector) {
    Matcher metrics = VECTOR.matcher(vector);
    return metrics.matches() ? Optional.of(of(metrics)) : Optional.empty();
  }

  private static Cvss3Vector of(Matcher metrics) {
    boolean changed = metrics.group(5).equals("C");
    double exploitability =
        8.22
            * ATTACK_VECTOR.get(metrics.group(1))
            * COMPLEXITY.get(metrics.group(2))
            * (changed ? PRIVILEGES_OF_CHANGED_SCOPE : PRIVILEGES).get(metrics.group(3))
            * INTERACTION.get(metrics.group(4));
    double base =
        1
            - (1 - IMPACT.get(metrics.group(6)))
                * (1 - IMPACT.get(metrics.group(7)))
                * (1 - IMPACT.get(metrics.group(8)));
    double impact =
        changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
    return new Cvss3Vector(exploitability, impact, changed);
  }

  double baseScore() {
    if (impact <= 0) {
      return 0;
    }
    double sum = impact + exploitability;
    return roundUp(Math.min(scopeChanged ? 1.08 * sum : sum, 10));
  }

  /** To one decimal, as the specification has it against errors of floating point (appendix A). */
  private static double roundUp(double value) {
    long scaled = Math.round(value * 100_000);
    return scaled % 10_000 == 0 ? scaled / 100_000.0 : (scaled / 10_000 + 1) / 10.0;
  }
}
