package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.berth.core.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedRegistry.class)
class JibIT {

  @TempDir Path home;

  @Test
  void anImageIsBuiltOnABaseOfTheSameRegistry(RegistryUnderTest registry) throws Exception {
    registry.createRepository("jib/base");
    registry.createRepository("jib/app");
    Path file = Files.write(home.resolve("file"), new byte[1_000_000]);
    var content = List.of(file);
    var root = AbsoluteUnixPath.get("/app");
    JibContainer base =
        push(Jib.fromScratch().addLayer(content, root), image(registry, "jib/base:1"));
    assertThat(base.getDigest().toString()).isEqualTo(digest(registry, "jib/base"));

    JibContainer app =
        push(
            Jib.from(image(registry, "jib/base:1")).addLabel("made-by", "jib"),
            image(registry, "jib/app:1"));
    assertThat(app.getDigest().toString()).isEqualTo(digest(registry, "jib/app"));
  }

  private JibContainer push(JibContainerBuilder image, RegistryImage target) throws Exception {
    return image.containerize(
        Containerizer.to(target)
            .setAllowInsecureRegistries(true)
            .setBaseImageLayersCache(home.resolve("base-cache"))
            .setApplicationLayersCache(home.resolve("app-cache")));
  }

  private static RegistryImage image(RegistryUnderTest registry, String name) throws Exception {
    return RegistryImage.named(registry.host() + "/" + name)
        .addCredential(registry.user(), registry.password());
  }

  private static String digest(RegistryUnderTest registry, String repository) throws Exception {
    return Digest.sha256(RawClient.manifest(registry, repository, "1")).toString();
  }
}
