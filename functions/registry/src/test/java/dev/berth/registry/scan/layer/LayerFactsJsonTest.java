package dev.berth.registry.scan.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.registry.scan.layer.Fact.Database;
import dev.berth.registry.scan.layer.Fact.Link;
import dev.berth.registry.scan.layer.Fact.Release;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LayerFactsJsonTest {

  @Provide
  Arbitrary<LayerFacts> facts() {
    Arbitrary<String> texts = Arbitraries.strings().excludeChars('\ud800').ascii().ofMaxLength(8);
    Arbitrary<InstalledPackage> packages =
        Combinators.combine(texts, texts, texts, texts, texts, texts)
            .as(
                (name, version, architecture, source, sourceVersion, module) ->
                    new InstalledPackage(
                        name,
                        version,
                        architecture,
                        source.isEmpty() ? name : source,
                        sourceVersion.isEmpty() ? version : sourceVersion,
                        Optional.of(module).filter(text -> !text.isEmpty())));
    Arbitrary<Fact> databases =
        Combinators.combine(Arbitraries.of(PackageFormat.class), packages.list().ofMaxSize(5))
            .as(Database::new);
    Arbitrary<Fact> releases =
        Combinators.combine(texts, texts).as(OperatingSystem::new).optional().map(Release::new);
    Arbitrary<Fact> all = Arbitraries.oneOf(databases, releases, texts.map(Link::new));
    return Combinators.combine(
            Arbitraries.maps(texts, all).ofMaxSize(4),
            texts.set().ofMaxSize(3),
            texts.set().ofMaxSize(3))
        .as(LayerFacts::new);
  }

  @Property(tries = 500)
  void whatIsWrittenReadsBackTheSame(@ForAll("facts") LayerFacts facts) {
    byte[] written = LayerFactsJson.write(facts);
    assertThat(LayerFactsJson.read(written)).contains(facts);
    assertThat(LayerFactsJson.write(LayerFactsJson.read(written).orElseThrow())).isEqualTo(written);
  }

  @Example
  void itIsCompact() {
    LayerFacts facts =
        Layers.tar()
            .file("etc/os-release", Layers.DEBIAN)
            .file("etc/debian_version", "")
            .file("lib/apk/db/installed", "P:musl\nV:1.2-r0\nA:x86_64\n\nP:a\nV:1\no:b\n")
            .symbolicLink("var/lib/rpm", "../../usr/lib/sysimage/rpm")
            .opaque("usr")
            .facts();
    assertThat(new String(LayerFactsJson.write(facts), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"extractor":1,"facts":{"etc/debian_version":{},\
            "etc/os-release":{"id":"debian","version":"12"},\
            "lib/apk/db/installed":{"format":"APK",\
            "packages":[["musl","1.2-r0","x86_64"],["a","1","","b"]]},\
            "var/lib/rpm":{"link":"usr/lib/sysimage/rpm"}},\
            "removed":["var/lib/rpm"],"opaque":["usr"]}\
            """);
  }

  @Example
  void factsOfAnotherExtractorAreNone() {
    byte[] other = "{\"extractor\":0,\"facts\":{},\"removed\":[],\"opaque\":[]}".getBytes();
    assertThat(LayerFactsJson.read(other)).isEmpty();
    assertThat(LayerFactsJson.read(LayerFactsJson.write(none()))).contains(none());
  }

  @Example
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> LayerFactsJson.read("{".getBytes()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LayerFacts none() {
    return new LayerFacts(Map.of(), Set.of(), Set.of());
  }
}
