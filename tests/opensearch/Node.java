import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node in this process: NUMBER HTTP_PORT,... TRANSPORT_PORT,... DIR [SETTING=VALUE]... */
public final class Node {
    public static void main(String[] given) throws Exception {
        int number = Integer.parseInt(given[0]);
        String[] http = given[1].split(",");
        String[] transport = given[2].split(",");
        String[] seeds = new String[transport.length];
        String[] names = new String[transport.length];
        for (int i = 0; i < transport.length; i++) {
            seeds[i] = "127.0.0.1:" + transport[i];
            names[i] = "node-" + i;
        }
        new OpenSearchRunner().onBuild((i, settings) -> {
            settings.put("node.name", names[number]);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", http[number]);
            settings.put("transport.port", transport[number]);
            // Otherwise a runner with one node makes a cluster of its own.
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", names);
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("action.auto_create_index", false);
            for (int next = 4; next < given.length; next++) {
                String[] pair = given[next].split("=", 2);
                settings.put(pair[0], pair[1]);
            }
        }).build(newConfigs().basePath(given[3]).clusterName("kamerzoek-development").numOfNode(1));
        System.out.println("kamerzoek: node is up");
        // The one that started this node holds the other end: when it is gone, so is the node.
        while (System.in.read() >= 0) {
        }
        Runtime.getRuntime().halt(0);
    }
}
