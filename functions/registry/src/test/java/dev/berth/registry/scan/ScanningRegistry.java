package dev.berth.registry.scan;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Scan;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.scan.layer.LayerLimits;
import dev.berth.registry.scan.layer.Layers;
import dev.berth.registry.store.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry in memory whose images have layers that can be scanned. */
public final class ScanningRegistry {

  static final String DEBIAN = "ID=debian\nVERSION_ID=\"12\"\n";

  final Registry registry = new Registry();
  final List<FunctionRequest> asked = new ArrayList<>();
  final ScanRequests requests = new ScanRequests(asked::addAll, "us-east-1", registry.clock);
  final ImageScans scans = over(registry.table);
  final Scans starts = scans.starts();

  ScanningRegistry() {
    registry.objects.keepTimeBy(registry.clock);
  }

  ImageScans over(Table table) {
    return ImageScans.over(
        table,
        registry.reader,
        registry.objects,
        registry.images,
        LayerLimits.DEFAULT,
        registry.clock);
  }

  void indexesInForce() {
    TestIndexes.inForce(registry.table, registry.objects, registry.clock);
  }

  /** A layer of Debian 12 with packages of dpkg, each as {@code name version}. */
  public static byte[] debian(String... packages) {
    return Layers.tar()
        .file("etc/os-release", DEBIAN)
        .file("var/lib/dpkg/status", status(packages))
        .gzip();
  }

  static String status(String... packages) {
    return Stream.of(packages)
        .map(it -> it.split(" "))
        .map(
            it ->
                "Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n\n"
                    .formatted(it[0], it[1]))
        .collect(Collectors.joining());
  }

  /** Links these bytes from the repository. */
  Digest layer(byte[] bytes) {
    Repository repository = registry.reader.require(ACCOUNT, APP);
    Digest digest = registry.layer(bytes);
    String key = "layers/" + digest.hex();
    if (!registry.objects.keys().contains(key)) {
      registry.objects.put(
          key, ByteBuffer.wrap(bytes), repository.encryption().ofObjects(ACCOUNT, APP));
    }
    return digest;
  }

  /** Pushes an image with these layers, the lowest first. */
  Digest image(byte[]... layers) {
    return registry.push(manifest(MediaTypes.OCI_LAYER_GZIP, layers)).digest();
  }

  String manifest(String layerType, byte[]... layers) {
    String all =
        Stream.of(layers)
            .map(this::layer)
            .map(
                it ->
                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9}".formatted(layerType, it))
            .collect(Collectors.joining(","));
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9},\"layers\":[%s]}"
        .formatted(
            MediaTypes.OCI_IMAGE, MediaTypes.OCI_CONFIG, layer("config".getBytes(UTF_8)), all);
  }

  static ScanTarget target(Digest image) {
    return target(APP, image);
  }

  static ScanTarget target(RepositoryName name, Digest image) {
    return new ScanTarget(ACCOUNT, name, image);
  }

  /** Asks for a scan and does it. */
  Scan scan(Digest image) {
    starts.start(ACCOUNT, APP, image);
    scans.scanning().run(target(image));
    return found(image);
  }

  Scan found(Digest image) {
    return starts.find(ACCOUNT, APP, image).orElseThrow();
  }

  List<ScanFinding> findings(Digest image) {
    return starts.findings(found(image).result().orElseThrow(), 0, 1000).orElseThrow();
  }

  List<String> names(Digest image) {
    return findings(image).stream().map(ScanFinding::name).toList();
  }

  /** The objects under a prefix. */
  List<String> objects(String prefix) {
    return registry.objects.keys().stream().filter(key -> key.startsWith(prefix)).toList();
  }
}
