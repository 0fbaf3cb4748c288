package dev.berth.core.scan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulesTest {

  private static final String MODULAR = "1:18.2-1.module_el8.7.0+3371+ed8c43db";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Moderate: nodejs:16 security, bug fix, and enhancement update | nodejs:16",
        "Low: virt:rhel and virt-devel:rhel security update | virt:rhel,virt-devel:rhel",
        "Red Hat Security Advisory: python39:3.9 security update | python39:3.9",
        "ELSA-2024-1: container-tools:ol8 security update (IMPORTANT) | container-tools:ol8",
        "Important: perl-App-cpanminus:1.7044 security update | perl-App-cpanminus:1.7044",
        "Important: 389-ds security update | *"
      })
  void theTitleNamesTheStreams(String title, String modules) {
    assertThat(Modules.of(title, MODULAR)).isEqualTo(modules);
  }

  @ParameterizedTest
  @CsvSource({"Moderate: nodejs:16 update, 1:16.1-1.el9", "Moderate: modules update, 1-1.el9"})
  void anOrdinaryBuildIsInNone(String title, String version) {
    assertThat(Modules.of(title, version)).isEmpty();
  }
}
