package dev.berth.core.scan.distribution;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import java.util.Optional;

/**
 * One that is made of rpms: a release is a major version, and feeds name the packages themselves.
 */
public interface RpmDistribution extends Distribution {

  @Override
  default PackageFormat format() {
    return PackageFormat.RPM;
  }

  @Override
  default Optional<String> release(OperatingSystem system) {
    return Versions.major(system.version());
  }

  @Override
  default KnownPackage known(InstalledPackage installed) {
    return KnownPackage.byName(installed);
  }
}
