package dev.berth.core.scan.distribution.oracle;

import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.feed.oval.OvalRules;
import java.util.Optional;

/** What of the definitions counts: ELSA of releases that are known. */
record OracleRules(Distribution oracle) implements OvalRules {

  @Override
  public Optional<String> index(String release) {
    return Optional.of(release).filter(oracle.releases()::contain).map(oracle::index);
  }

  @Override
  public String flavour(String version) {
    return Oracle.flavour(version);
  }

  @Override
  public String uri(String advisory) {
    return "https://linux.oracle.com/errata/%s.html".formatted(advisory);
  }
}
