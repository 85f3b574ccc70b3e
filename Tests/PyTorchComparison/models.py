"""The catalogue's networks in PyTorch, written from the papers: the peers that ours are compared with.

State names are the ones that ours promise. ReLUs work in place, as in the authors' models. Not part of the product.
"""
from torch import cat, nn
from torch.nn import functional

VGG_PLANS = {
    "small-vgg": "16 16 M 32 32 M 64 64",
    "vgg-16": "64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512",
    "vgg-19": "64 64 M 128 128 M 256 256 256 256 M 512 512 512 512 M 512 512 512 512",
}
MOBILENET_PLAN = [
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
]


def convolution(inputs, outputs, size=3, stride=1, **settings):
    return nn.Conv2d(inputs, outputs, size, stride, padding=size // 2, bias=False, **settings)


class Vgg(nn.Module):
    def __init__(self, plan, classes, channels, scaled):
        super().__init__()
        layers = []
        for item in plan.split():
            if item == "M":
                layers.append(nn.MaxPool2d(2))
                continue
            outputs = scaled(int(item))
            layers += [nn.Conv2d(channels, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
            channels = outputs
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.features(x)
        x = functional.adaptive_avg_pool2d(x, 1)
        return self.classifier(x.flatten(1))


class Padding(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride, self.before = stride, (outputs - inputs) // 2
        self.behind = outputs - inputs - self.before

    def forward(self, x):
        return functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.before, self.behind))


def projection(inputs, outputs, stride):
    return nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride, shortcut):
        super().__init__()
        self.conv1 = convolution(inputs, outputs, stride=stride)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = convolution(outputs, outputs)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        if stride != 1 or inputs != outputs:
            self.downsample = shortcut(inputs, outputs, stride)

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y += self.downsample(x) if hasattr(self, "downsample") else x
        return self.relu(y)


class ResNet(nn.Module):
    def __init__(self, widths, blocks, head, shortcut, classes, channels, scaled):
        super().__init__()
        widths = [scaled(width) for width in widths]
        self.conv1 = convolution(channels, widths[0])
        self.bn1 = nn.BatchNorm2d(widths[0])
        self.relu = nn.ReLU(inplace=True)
        inputs, self.stages, self.head = widths[0], len(widths), head
        for stage, outputs in enumerate(widths):
            first = Residual(inputs, outputs, 2 if stage else 1, shortcut)
            others = [Residual(outputs, outputs, 1, shortcut) for _ in range(blocks - 1)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(first, *others))
            inputs = outputs
        setattr(self, head, nn.Linear(inputs, classes))

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        x = functional.adaptive_avg_pool2d(x, 1)
        return getattr(self, self.head)(x.flatten(1))


class Dense(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.relu = nn.ReLU(inplace=True)
        self.conv1 = convolution(inputs, growth)

    def forward(self, x):
        return cat((x, self.conv1(self.relu(self.bn1(x)))), 1)


class Transition(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv1 = convolution(channels, channels, 1)

    def forward(self, x):
        return functional.avg_pool2d(self.conv1(self.relu(self.bn1(x))), 2)


class DenseNet(nn.Module):
    def __init__(self, classes, channels, scaled):
        super().__init__()
        growth = scaled(12)
        width = 2 * growth
        self.conv1 = convolution(channels, width)
        for block in (1, 2, 3):
            setattr(self, f"dense{block}", nn.Sequential(*[Dense(width + i * growth, growth) for i in range(12)]))
            width += 12 * growth
            if block < 3:
                setattr(self, f"trans{block}", Transition(width))
        self.bn = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        x = self.trans1(self.dense1(self.conv1(x)))
        x = self.trans2(self.dense2(x))
        x = self.relu(self.bn(self.dense3(x)))
        x = functional.adaptive_avg_pool2d(x, 1)
        return self.fc(x.flatten(1))


class Separable(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = convolution(inputs, inputs, stride=stride, groups=inputs)
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv2 = convolution(inputs, outputs, 1)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(x)))


class MobileNet(nn.Module):
    def __init__(self, classes, channels, scaled):
        super().__init__()
        width = scaled(32)
        self.conv1 = convolution(channels, width)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        layers = []
        for outputs, stride in MOBILENET_PLAN:
            layers.append(Separable(width, scaled(outputs), stride))
            width = scaled(outputs)
        self.layers = nn.Sequential(*layers)
        self.linear = nn.Linear(width, classes)

    def forward(self, x):
        x = self.layers(self.relu(self.bn1(self.conv1(x))))
        x = functional.adaptive_avg_pool2d(x, 1)
        return self.linear(x.flatten(1))


class Perceptron(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.count = len(widths) - 1
        for index in range(self.count):
            setattr(self, f"fc{index + 1}", nn.Linear(widths[index], widths[index + 1]))

    def forward(self, x):
        x = x.flatten(1)
        for index in range(1, self.count):
            x = functional.relu(getattr(self, f"fc{index}")(x), inplace=True)
        return getattr(self, f"fc{self.count}")(x)


def create(name, classes, shape, width=1.0):
    """The network of that name for images of that shape (channels, height, width)."""
    channels = shape[0]

    def scaled(published):
        return max(1, round(published * width))

    if name in VGG_PLANS:
        return Vgg(VGG_PLANS[name], classes, channels, scaled)
    if name == "resnet-18":
        return ResNet([64, 128, 256, 512], 2, "fc", projection, classes, channels, scaled)
    if name.startswith("resnet-"):
        return ResNet([16, 32, 64], (int(name[7:]) - 2) // 6, "linear", Padding, classes, channels, scaled)
    if name == "densenet-40-12":
        return DenseNet(classes, channels, scaled)
    if name == "mobilenet-v1":
        return MobileNet(classes, channels, scaled)
    if name == "lenet-300-100":
        return Perceptron([shape[0] * shape[1] * shape[2], 300, 100, classes])
    raise SystemExit(f"no PyTorch peer of {name}")
